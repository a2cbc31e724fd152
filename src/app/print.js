// What is printed is whole. A page holds the rows that can be seen; for paper the others are asked of the server as a
// browser without wasm would: page by page. They stand beside the list on paper only, and are gone afterwards. The
// browser waits for nobody when it prints, so they are read while it stands still.
const LISTS = '.table-box, .timeline, .board, .task-lists';
const PRINTED_ROWS = '.table .row, .timeline > .event, .deal-card, .task';
const MOST_PRINTED = 1_000;

export function print_whole(cut) {
  const lists = (of) => [...of.querySelectorAll(`main.page :is(${LISTS}):not([data-on-paper])`)];
  const rowsIn = (all) => all.reduce((sum, list) => sum + list.querySelectorAll(PRINTED_ROWS).length, 0);

  function read(address) {
    try {
      const request = new XMLHttpRequest();
      request.open('GET', address, false);
      request.send();
      return request.status === 200 ? new DOMParser().parseFromString(request.responseText, 'text/html') : undefined;
    } catch {
      return undefined;
    }
  }

  // The link to the rows that follow says after which.
  function nextOf(page) {
    const links = [...page.querySelectorAll(':is(.list-end, .timeline-foot) a[href]')];
    const urls = links.map((link) => new URL(link.getAttribute('href'), location.href));
    return urls.find((url) => url.searchParams.has('after'));
  }

  function append(list, more) {
    const inside = (one) => one.querySelector('tbody') ?? one;
    const last = [...list.querySelectorAll('.timeline-day')].pop()?.textContent;
    for (const row of [...inside(more).children]) {
      if (row.className === 'timeline-day' && row.textContent === last) continue;
      inside(list).append(row);
    }
  }

  function begin() {
    if (document.querySelector('[data-on-paper]')) return;
    const shown = lists(document);
    const whole = new URL(location.href);
    whole.searchParams.set('n', '2000');
    const page = shown.length > 0 && read(whole);
    const printed = page ? lists(page) : [];
    // What is not alike is printed as it stands.
    if (printed.length !== shown.length) return;
    let next = nextOf(page);
    let rows = rowsIn(printed);
    for (const seen = new Set(); next && rows < MOST_PRINTED && !seen.has(next.href); ) {
      seen.add(next.href);
      const more = read(next);
      if (!more) break;
      const at = printed.findIndex((list) => list.matches('.table-box, .timeline'));
      const list = lists(more).find((one) => one.matches('.table-box, .timeline'));
      if (at < 0 || !list) break;
      append(printed[at], list);
      next = nextOf(more);
      rows = rowsIn(printed);
    }
    for (const [nr, list] of shown.entries()) {
      const copy = document.importNode(printed[nr], true);
      copy.dataset.onPaper = '';
      for (const one of [copy, ...copy.querySelectorAll('[id]')]) one.removeAttribute('id');
      list.dataset.onScreen = '';
      list.after(copy);
    }
    if (next) {
      const counted = document.querySelector('.page-sum')?.textContent.match(/\d[\d.,]*/)?.[0].replace(/\D/g, '');
      const line = document.createElement('p');
      line.dataset.onPaper = '';
      const left = counted ? (counted - rows).toLocaleString(document.documentElement.lang) : '…';
      line.textContent = cut.replace('{n}', rows.toLocaleString(document.documentElement.lang)).replace('{m}', left);
      shown.at(-1).parentElement.append(line);
    }
  }

  function end() {
    for (const one of document.querySelectorAll('[data-on-paper]')) one.remove();
    for (const one of document.querySelectorAll('[data-on-screen]')) delete one.dataset.onScreen;
  }

  addEventListener('beforeprint', begin);
  addEventListener('afterprint', end);
  matchMedia('print').addEventListener('change', ({ matches }) => (matches ? begin() : end()));
}
