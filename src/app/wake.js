// Wakes the page the server drew. Something foreign in the document (a phone that makes numbers into links, a
// translator, an extension) can make that impossible; then this tab draws its pages by itself from now on, and the
// server is told.
const root = document.documentElement.dataset;
const place = 'kartotek-draw';
let awake = false;

function drawing() {
  try {
    return sessionStorage.getItem(place) !== null;
  } catch {
    return false;
  }
}

function failed(error) {
  if (awake || root.broken) return;
  const why = root.asleep ?? String(error);
  try {
    if (!drawing()) {
      sessionStorage.setItem(place, '1');
      navigator.sendBeacon('/not-awake', `${location.pathname}\n${why}`);
      location.reload();
      return;
    }
  } catch {
    // Without storage nobody could know that it was tried.
  }
  root.broken = '1';
  console.error(why);
}

// What ends the program comes as an error of nobody's.
addEventListener('error', (event) => {
  if (awake || !(event.error instanceof WebAssembly.RuntimeError)) return;
  event.preventDefault();
  failed(event.error);
});

start({ module_or_path: program })
  .then(() => hydrate(drawing()).then(() => (awake = true), failed))
  .catch((error) => {
    root.broken = '1';
    console.error(error);
  });
