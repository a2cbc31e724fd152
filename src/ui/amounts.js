// Groups the thousands of an amount while it is typed: 1250000 becomes 1.250.000. Whoever writes or pastes a sign of
// thousands is left alone until the field is empty again: 12.5 may be twelve and a half. What an amount means is read
// elsewhere (`i18n/money`).
export function group_amounts() {
  const left_alone = new WeakSet();
  const digits_of = new WeakMap();

  function group({ target: field, inputType = '', data, isComposing }) {
    if (field.inputMode !== 'decimal' || isComposing) return;
    const [mark, point] = document.documentElement.lang === 'tr' ? '.,' : ',.';
    const plain = (text) => text.replaceAll(mark, '');
    if (field.value === '') left_alone.delete(field);
    else if (inputType === 'insertFromPaste' || data?.includes(mark)) left_alone.add(field);
    if (left_alone.has(field)) return;
    let [before, behind] = [
      field.value.slice(0, field.selectionStart), field.value.slice(field.selectionStart),
    ].map(plain);
    // Who deletes a sign of thousands means the digit before it.
    if (inputType === 'deleteContentBackward' && before + behind === digits_of.get(field)) before = before.slice(0, -1);
    const all = before + behind;
    digits_of.set(field, all);
    const [, whole, rest] = /^(\d*)(.*)$/s.exec(all);
    // 1250 bin is twelve hundred thousand; 1.250 bin could be one and a quarter.
    const is_number = rest === '' || (rest[0] === point && /^\d*$/.test(rest.slice(1)));
    const shown = (is_number ? whole.replace(/\B(?=(\d{3})+$)/g, mark) : whole) + rest;
    if (shown === field.value) return;
    field.value = shown;
    let at = shown.length;
    for (let left = behind.length; left > 0; at -= 1) if (shown[at - 1] !== mark) left -= 1;
    field.setSelectionRange(at, at);
  }
  addEventListener('input', group, { capture: true });
}
