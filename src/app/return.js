// Gives a page its place back: whoever returns to a list by the browser's way back finds the row they left, and so does
// a reload. What was scrolled is kept in this tab for each entry of its history. A list that loads more at its end is
// followed as far as it goes.
const PLACES = 'kartotek-places';
const KEPT = 60;
const PATIENCE = 8_000;
// The page that is left may stand for a moment more, and the new one grows.
const STEADY = 700;

const entry = () => globalThis.navigation?.currentEntry?.key ?? location.href;

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACES)) ?? [];
  } catch {
    return [];
  }
}

function write(places) {
  try {
    sessionStorage.setItem(PLACES, JSON.stringify(places.slice(-KEPT)));
  } catch {
    // A full or forbidden storage costs a convenience.
  }
}

// What scrolls, by a name that finds it again in a page drawn anew.
function nameOf(element) {
  if (element === document.scrollingElement) return '';
  if (element.id) return `#${CSS.escape(element.id)}`;
  const kind = `${element.localName}${element.classList.length ? `.${CSS.escape(element.classList[0])}` : ''}`;
  return `${kind}|${[...document.querySelectorAll(kind)].indexOf(element)}`;
}

function find(name) {
  if (name === '') return document.scrollingElement;
  const [kind, nr] = name.split('|');
  return document.querySelectorAll(kind)[nr ?? 0];
}

export function remember_places() {
  let places = read();
  let here = entry();
  let missing = new Map();
  let moving = new Set();
  let until = 0;
  let timer;

  function keep() {
    timer = undefined;
    const scrolled = { ...places.find(([key]) => key === here)?.[1] };
    for (const element of moving) {
      if (element.isConnected) scrolled[nameOf(element)] = [element.scrollLeft, element.scrollTop];
    }
    moving.clear();
    places = [...places.filter(([key]) => key !== here), [here, scrolled]];
    write(places);
  }

  // Until everything stands where it stood, or somebody moves.
  function restore() {
    if (missing.size === 0) return;
    const now = performance.now();
    if (now > until) return missing.clear();
    for (const [name, wanted] of missing) {
      const element = find(name);
      if (!element) continue;
      const near = (one, other) => Math.abs(one - other) < 2;
      const stands = () => near(element.scrollTop, wanted.top) && near(element.scrollLeft, wanted.left);
      if (!stands()) {
        element.scrollTo({ left: wanted.left, top: wanted.top, behavior: 'instant' });
        wanted.since = now;
      } else if (now - (wanted.since ??= now) > STEADY) {
        missing.delete(name);
      }
    }
    requestAnimationFrame(restore);
  }

  function arrive() {
    here = entry();
    moving.clear();
    const scrolled = Object.entries(places.find(([key]) => key === here)?.[1] ?? {});
    missing = new Map(scrolled.map(([name, [left, top]]) => [name, { left, top }]));
    until = performance.now() + PATIENCE;
    restore();
  }

  addEventListener(
    'scroll',
    ({ target }) => {
      if (missing.size > 0 || entry() !== here) return;
      moving.add(target === document ? document.scrollingElement : target);
      timer ??= setTimeout(keep, 100);
    },
    { capture: true, passive: true },
  );
  for (const by of ['wheel', 'touchmove', 'pointerdown', 'keydown']) {
    addEventListener(by, () => missing.clear(), { capture: true, passive: true });
  }
  // Before a link is followed: what was scrolled last belongs to the page that is left.
  addEventListener('click', () => timer && (clearTimeout(timer), keep()), { capture: true });
  addEventListener('popstate', () => setTimeout(arrive));
  for (const way of ['pushState', 'replaceState']) {
    const go = history[way];
    history[way] = function (...to) {
      go.apply(history, to);
      if (entry() === here) return;
      here = entry();
      missing.clear();
      moving.clear();
    };
  }
  const [loaded] = performance.getEntriesByType('navigation');
  if (loaded && loaded.type !== 'navigate') arrive();
}
