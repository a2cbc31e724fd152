// The stream of changes, one for all tabs of a browser: it opens only six connections to one server over HTTP/1.1, and
// a seventh tab would wait for ever. The tab that has the lock has the stream and passes on what it hears; a tab nobody
// sees leaves it to the others. Where a browser has no locks (pages over plain http), each tab that is seen has a
// stream of its own.
const HIDDEN = 5_000;
const AGAIN = 5_000;

// `heard` gets the text of each message, `open` whether the stream stands, `missed` is called when something may have
// been said that nobody heard, `program` gets the name of the server's program for the browser. Gives what ends it all.
export function follow(address, name, heard, open, missed, program) {
  const shared = navigator.locks !== undefined;
  let said, source, leave, asking, timer, again;
  // Whether this tab was out of earshot.
  let away = false;

  const tell = {
    heard: ({ data }) => heard(data),
    open: ({ open: stands }) => open(stands),
    missed: () => missed(),
    program: ({ data }) => program(data),
    who: () => source && pass({ kind: 'open', open: source.readyState === EventSource.OPEN }),
  };
  const pass = (message) => said?.postMessage(message);
  const all = (message) => {
    tell[message.kind](message);
    pass(message);
  };

  function listen(gap) {
    source = new EventSource(address);
    source.onmessage = ({ data }) => all({ kind: 'heard', data });
    source.addEventListener('program', ({ data }) => all({ kind: 'program', data }));
    source.onopen = () => {
      all({ kind: 'open', open: true });
      if (gap) all({ kind: 'missed' });
      gap = false;
    };
    source.onerror = () => {
      all({ kind: 'open', open: false });
      // The browser tries again by itself, but not after an answer that was no stream: a proxy whose server restarts
      // gives such ones.
      if (source?.readyState === EventSource.CLOSED) again = setTimeout(() => listen(true), AGAIN);
    };
  }

  // Until the promise is kept the lock is held.
  function lead(gap) {
    listen(gap);
    return new Promise((end) => (leave = end));
  }

  function ask(gap) {
    if (asking) return;
    const mine = (asking = new AbortController());
    if (!shared) return lead(gap);
    const wait = () => navigator.locks.request(name, { signal: mine.signal }, () => asking === mine && lead(true));
    const first = (lock) => {
      if (asking !== mine) return;
      if (lock) return lead(gap);
      if (gap) missed();
      return wait();
    };
    navigator.locks.request(name, { ifAvailable: true }, first).catch(() => {});
  }

  function rest() {
    asking?.abort();
    clearTimeout(again);
    source?.close();
    leave?.();
    asking = source = leave = undefined;
  }

  function look() {
    clearTimeout(timer);
    if (shared && !said) {
      said = new BroadcastChannel(name);
      said.onmessage = ({ data }) => tell[data.kind](data);
      pass({ kind: 'who' });
    }
    if (!document.hidden) {
      ask(away);
      away = false;
      return;
    }
    timer = setTimeout(() => {
      away = true;
      rest();
    }, HIDDEN);
  }

  function end() {
    clearTimeout(timer);
    away = true;
    rest();
    said?.close();
    said = undefined;
  }

  const back = ({ persisted }) => persisted && look();
  document.addEventListener('visibilitychange', look);
  addEventListener('pagehide', end);
  addEventListener('pageshow', back);
  look();
  return () => {
    document.removeEventListener('visibilitychange', look);
    removeEventListener('pagehide', end);
    removeEventListener('pageshow', back);
    end();
  };
}
