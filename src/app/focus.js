// Keeps the focus where it was when the page takes its element away: a colleague's change draws a row anew or puts it
// somewhere else. The focus goes to the same control of the same row, and where that row is gone to the one in its
// place. It knows rows by what they are about and no feature; what somebody leaves by themselves it leaves alone.
const FOCUSED_ROWS = '[data-task], [data-deal], .row, .event';
const FOCUSABLE = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]';
// A list may be read anew before it has its rows again.
const FOCUS_PATIENCE = 1_000;

export function keep_focus() {
  let last;
  let timer;

  const free = () => document.activeElement === document.body || !document.activeElement;
  const controls = (row) => [...row.querySelectorAll(FOCUSABLE)];
  const nameOf = (row) => row.dataset.task ?? row.dataset.deal ?? row.querySelector('a[href]')?.getAttribute('href');

  function describe(element) {
    const row = element.closest(FOCUSED_ROWS);
    const rows = row && [...row.parentElement.querySelectorAll(FOCUSED_ROWS)];
    return {
      element,
      path: location.pathname,
      id: element.id,
      row: row && nameOf(row),
      control: row ? controls(row).indexOf(element) : -1,
      list: row?.parentElement,
      at: rows?.indexOf(row),
    };
  }

  // Within the same list first: it may stand in several.
  function find() {
    const { element, id, row, control, list } = last;
    if (element.isConnected) return element;
    const same = id && document.getElementById(id);
    if (same || !row) return same;
    const near = list.isConnected ? list.querySelectorAll(FOCUSED_ROWS) : [];
    const all = [...near, ...document.querySelectorAll(FOCUSED_ROWS)];
    const found = all.find((one) => nameOf(one) === row);
    return found && (controls(found)[control] ?? controls(found)[0]);
  }

  function inItsPlace() {
    const { list, at, control } = last;
    if (!list?.isConnected) return undefined;
    const rows = [...list.querySelectorAll(FOCUSED_ROWS)];
    const row = rows[Math.min(at, rows.length - 1)];
    return row && (controls(row)[control] ?? controls(row)[0]);
  }

  function restore(late) {
    if (!last?.lost || !free() || last.path !== location.pathname) return;
    const element = find() ?? (late ? inItsPlace() : undefined);
    if (element) element.focus({ preventScroll: true });
    else timer ??= setTimeout(() => ((timer = undefined), restore(true)), FOCUS_PATIENCE);
  }

  addEventListener('focusin', ({ target }) => target.closest && (last = describe(target)));
  addEventListener('focusout', () => {
    const left = last;
    setTimeout(() => {
      if (left === last && !left?.lost && free()) last = undefined;
    });
  });
  new MutationObserver((changes) => {
    if (!last || !free()) return;
    last.lost ||= changes.some(({ removedNodes }) => [...removedNodes].some((node) => node.contains(last.element)));
    restore(false);
  }).observe(document.body, { childList: true, subtree: true });
}
