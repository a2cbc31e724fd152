// Keeps what is typed in the forms of a page, in this browser and for one person, until it is saved, cancelled or
// thrown away; where the form is seen again, what was typed stands in it again. It knows no form: fields go by their
// names. Passwords are never kept, and the composer of activities keeps its own (drafts.rs).
const DRAFTS = 'draft:form:';
const DRAFT_DAYS = 14;
const DRAFTS_KEPT = 30;
// How long other tabs may say that they are at work on the same form.
const DRAFT_PATIENCE = 200;
const DRAFT_FORMS = 'main.page form[method=post]:not(.composer), main.page form[data-draft]';
const NO_DRAFT = /^(password|file|submit|button|image|reset|fieldset|output)$/;

const drafts = (() => {
  let person, words, asked, awake;
  let tab = '';
  const states = new Map();
  let sent;
  const answers = new Set();

  const place = (key, of = tab) => `${DRAFTS}${person}:${of}:${key}`;
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  // A full or forbidden storage costs a convenience.
  function attempt(work) {
    try {
      return work();
    } catch {
      return undefined;
    }
  }
  const read = (name) => attempt(() => JSON.parse(localStorage.getItem(name)));
  const names = (start) => attempt(() => Object.keys(localStorage).filter((name) => name.startsWith(start))) ?? [];

  const waiting = (key) => names(`${DRAFTS}${person}:`).filter((name) => name.endsWith(`:${key}`));

  // Which form it is: its page, and its address on it or the name it has instead.
  function keyOf(form) {
    const name = form.dataset.draft ?? form.getAttribute('action');
    return name && `${location.pathname}${location.search}#${name}`;
  }

  // Of the hidden fields those that say so: what was chosen in words, and what belongs to what was typed.
  function isField({ name, type, dataset }) {
    // What is taken in a conflict belongs to that conflict.
    if (!name || NO_DRAFT.test(type) || name === 'take[]') return false;
    return type !== 'hidden' || 'kept' in dataset || 'said' in dataset;
  }
  const fields = (form) => [...form.elements].filter(isField);

  // What stands in it, by name; `typed`, and what is only `kept` along with it.
  function contents(form, began = false) {
    const found = { typed: {}, kept: {} };
    for (const field of fields(form)) {
      const { name, type, dataset } = field;
      const text = began && 'defaultValue' in field && type !== 'hidden' ? field.defaultValue : field.value;
      if (type === 'checkbox' && name.endsWith('[]')) {
        const all = (found.typed[name] ??= { ticked: [] });
        if (began ? field.defaultChecked : field.checked) all.ticked.push(field.value);
      } else if (name.endsWith('[]')) (found.typed[name] ??= []).push(text);
      else if ('kept' in dataset) found.kept[name] = text;
      else if ('said' in dataset) found.typed[name] = { text, said: dataset.said };
      else if (type === 'checkbox') found.typed[name] = field.checked;
      else if (type !== 'radio') found.typed[name] = text;
      else if (field.checked) found.typed[name] = text;
    }
    // Empty rows are none.
    const rows = {};
    const lists = Object.entries(found.typed).filter(([, list]) => Array.isArray(list));
    for (const [name, list] of lists) {
      const last = list.findLastIndex((text) => text !== '') + 1;
      rows[group(name)] = Math.max(rows[group(name)] ?? 0, last);
    }
    for (const [name, list] of lists) list.length = Math.min(list.length, rows[group(name)]);
    return found;
  }

  // Lists side by side are the rows of one table.
  const group = (name) => (name.endsWith('[]') ? name.split(/[_[]/)[0] : name);

  function stateOf(form) {
    const key = keyOf(form);
    let state = states.get(form);
    if (key && state?.key !== key) {
      // Where nothing is left, nothing is offered later.
      const offered = awake && waiting(key).length === 0;
      const rest = read(place(key))?.typed ?? {};
      state = { form, key, offered, rest, dialog: form.closest('dialog'), base: contents(form, true) };
      states.set(form, state);
    }
    return key ? state : undefined;
  }

  function save(state) {
    if (!state || state.filling || state.done) return;
    const { typed, kept } = contents(state.form);
    const differ = new Set(Object.keys(typed).filter((name) => !same(typed[name], state.base.typed[name])).map(group));
    const mine = Object.fromEntries(Object.entries(typed).filter(([name]) => differ.has(group(name))));
    const all = { ...state.rest, ...mine };
    if (Object.keys(all).length === 0) return forget(state);
    attempt(() => localStorage.setItem(place(state.key), JSON.stringify({ at: Date.now(), kept, typed: all })));
  }

  function forget(state) {
    state.line?.remove();
    attempt(() => localStorage.removeItem(place(state.key)));
  }

  // It is over with what was typed; what is typed from now on begins anew.
  function finish(state) {
    if (!state) return;
    state.done = true;
    state.rest = {};
    forget(state);
  }

  // The page hears of it as if it were typed.
  function tell(field, ...events) {
    for (const event of events) field.dispatchEvent(new Event(event, { bubbles: true }));
  }

  // Puts a value back; false while its field is not there yet.
  function fill(form, name, value) {
    const all = fields(form).filter((field) => field.name === name);
    const [field] = all;
    if (!field) return false;
    if (value?.ticked) {
      for (const one of all) {
        one.checked = value.ticked.includes(one.value);
        tell(one, 'change');
      }
    } else if (Array.isArray(value)) {
      const rows = all.filter((one) => !one.closest('details'));
      if (rows.length < value.length) {
        rows[0]?.closest('.row-list')?.querySelector('details > summary')?.click();
        return undefined;
      }
      all.forEach((one, nr) => {
        one.value = value[nr] ?? '';
        tell(one, 'input');
      });
    } else if (field.type === 'radio') {
      const chosen = all.find((one) => one.value === value);
      if (chosen) chosen.checked = true;
      if (chosen) tell(chosen, 'input', 'change');
    } else if (field.type === 'checkbox') {
      field.checked = value;
      tell(field, 'input', 'change');
    } else {
      const before = field.value;
      if ('said' in field.dataset) field.dataset.said = value.said;
      field.value = value.text ?? value;
      // What can't be chosen any more stays as it is on record.
      if (field.localName === 'select' && field.selectedIndex < 0) field.value = before;
      tell(field, 'input', 'change');
    }
    return true;
  }

  async function fillAll(state, values) {
    const { form } = state;
    const focused = document.activeElement;
    state.filling = true;
    const left = new Map(Object.entries(values));
    for (let turn = 0; turn < 60 && left.size > 0 && form.isConnected; turn++) {
      for (const [name, value] of left) {
        const done = fill(form, name, value);
        if (done) left.delete(name);
        // A row is on its way.
        if (done === undefined) break;
      }
      if (left.size > 0) await pause(16);
    }
    state.filling = false;
    if (focused !== document.activeElement) focused?.focus?.({ preventScroll: true });
  }

  // One's own tab's; else the newest that no living tab is at work on.
  async function draftOf(key) {
    if (read(place(key))) return read(place(key));
    const others = waiting(key);
    if (others.length === 0) return undefined;
    answers.clear();
    asked?.postMessage({ ask: key });
    await pause(DRAFT_PATIENCE);
    const free = others.filter((name) => !answers.has(name)).sort((one, other) => read(one)?.at - read(other)?.at);
    const name = free.pop();
    const draft = name && read(name);
    if (draft) attempt(() => (localStorage.removeItem(name), localStorage.setItem(place(key), JSON.stringify(draft))));
    return draft;
  }

  async function offer(form) {
    const state = stateOf(form);
    if (!state || state.offered) return;
    state.offered = true;
    const draft = await draftOf(state.key);
    if (!draft || state.done || !form.isConnected) return;
    // What was typed since, before the page woke up, is newer.
    const now = contents(form).typed;
    const typed = Object.entries(draft.typed).filter(([name]) => same(now[name], state.base.typed[name]));
    state.rest = {};
    await fillAll(state, { ...draft.kept, ...Object.fromEntries(typed) });
    save(state);
    if (typed.length > 0 && form.classList.contains('form') && read(place(state.key))) say(state);
  }

  function say(state) {
    const line = document.createElement('p');
    line.className = 'draft-back';
    line.setAttribute('role', 'status');
    const away = document.createElement('button');
    away.type = 'button';
    away.className = 'text-link';
    away.textContent = words[1];
    away.addEventListener('click', async () => {
      finish(state);
      const { typed, kept } = state.base;
      await fillAll(state, { ...kept, ...typed });
      fields(state.form).find(({ type }) => type !== 'hidden')?.focus();
    });
    line.append(`${words[0]} `, away);
    state.line?.remove();
    state.line = line;
    state.form.prepend(line);
  }

  // Forms that came with the page, or with a dialog on it.
  function look() {
    for (const [form] of states) if (!form.isConnected) states.delete(form);
    if (names(`${DRAFTS}${person}:`).length === 0) return;
    for (const form of document.querySelectorAll(DRAFT_FORMS)) {
      const key = keyOf(form);
      if (key && waiting(key).length > 0) offer(form);
    }
  }

  function tidyUp() {
    const old = Date.now() - DRAFT_DAYS * 86_400_000;
    const all = names(DRAFTS).map((name) => [name, read(name)?.at ?? 0]);
    all.sort(([, one], [, other]) => other - one);
    const over = all.filter(([, at], nr) => at < old || nr >= DRAFTS_KEPT);
    for (const [name] of over) attempt(() => localStorage.removeItem(name));
  }

  function hear() {
    const formOf = (event) => event.target?.form ?? event.target?.closest?.('form');
    const ours = (form) => (form?.matches(DRAFT_FORMS) ? stateOf(form) : undefined);
    addEventListener('focusin', (event) => ours(formOf(event)), true);
    for (const change of ['input', 'change']) {
      addEventListener(change, (event) => {
        const state = ours(formOf(event));
        if (state && !state.filling) state.done = false;
        save(state);
      });
    }
    addEventListener('submit', (event) => (sent = ours(event.target)), true);
    // A form that is sent by the browser itself comes back with what was typed, if it comes back.
    addEventListener('submit', (event) => setTimeout(() => event.defaultPrevented || finish(ours(event.target))));
    addEventListener(
      'click',
      (event) => {
        const cancel = event.target.closest?.('form .form-actions a[href]');
        if (cancel && !event.ctrlKey && !event.metaKey && !event.shiftKey) finish(ours(cancel.closest('form')));
      },
      true,
    );
    const closed = ({ target }) => states.forEach((state) => state.dialog === target && finish(state));
    addEventListener('close', closed, true);
    let soon;
    new MutationObserver(() => {
      if (awake) soon ??= setTimeout(() => ((soon = undefined), look()), 30);
    }).observe(document.body, { childList: true, subtree: true });
  }

  return {
    begin(of, back, away) {
      person = of;
      words = [back, away];
      tab = attempt(() => (sessionStorage['kartotek-tab'] ??= Math.random().toString(36).slice(2))) ?? '';
      asked = attempt(() => new BroadcastChannel('kartotek-drafts'));
      asked?.addEventListener('message', ({ data }) => {
        if (data.ask && read(place(data.ask))) asked.postMessage({ mine: place(data.ask) });
        if (data.mine) answers.add(data.mine);
      });
      tidyUp();
      hear();
      // What was typed before the program was there.
      const differs = (field) => field.value !== (field.defaultValue ?? field.value);
      const begun = (field) => isField(field) && field.type !== 'hidden' && differs(field);
      for (const form of document.querySelectorAll(DRAFT_FORMS)) {
        if ([...form.elements].some(begun)) save(stateOf(form));
      }
    },
    offer() {
      awake = true;
      look();
    },
    keep: () => states.forEach(save),
    settle() {
      finish(sent);
      if (sent) states.delete(sent.form);
      sent = undefined;
    },
  };
})();

export function begin_drafts(person, back, away) {
  drafts.begin(person, back, away);
}

export function offer_drafts() {
  drafts.offer();
}

export function keep_drafts() {
  drafts.keep();
}

export function settle_drafts() {
  drafts.settle();
}
