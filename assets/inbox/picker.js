import { debounce, h, newId } from './dom.js';

/**
 * A field for choosing a row by typing a part of its name: the combobox pattern of the ARIA Authoring Practices Guide,
 * with arrow keys, Enter and Escape.
 * @param find text → `[{id, name, detail?}]`; its error is shown in the list
 * @param onPick called with the choice, or with null when it is cleared
 */
export function picker({ label, placeholder, find, onPick, chosen = null }) {
  const listId = newId('picker-list');
  const list = h('ul', { role: 'listbox', id: listId, 'aria-label': label, className: 'picker-list', hidden: true });
  const input = h('input', {
    type: 'text',
    id: newId('picker'),
    role: 'combobox',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder,
    'aria-expanded': 'false',
    'aria-controls': listId,
    'aria-autocomplete': 'list',
    oninput: onInput,
    onkeydown: onKey,
    onfocus: () => input.select(),
    onblur: () => setTimeout(leave, 150),
  });
  const clear = h(
    'button',
    { type: 'button', className: 'clear', 'aria-label': `Clear ${label.toLowerCase()}`, onclick: empty },
    '×',
  );
  const node = h('div', { className: 'picker' }, input, clear, list);
  let found = [];
  let active = -1;
  let lastRequest = 0;
  let current = null;
  set(chosen);

  const search = debounce(async () => {
    const request = ++lastRequest;
    const result = await find(input.value.trim()).catch((error) => error);
    if (request === lastRequest && document.activeElement === input) show(result);
  }, 200);

  function onInput() {
    if (input.value === '' && current) pick(null);
    search();
  }

  function show(result) {
    found = Array.isArray(result) ? result : [];
    active = found.length > 0 ? 0 : -1;
    list.replaceChildren(
      ...found.map((item, n) =>
        h(
          'li',
          {
            role: 'option',
            id: `${listId}-${n}`,
            onmousedown: (event) => event.preventDefault(),
            onclick: () => pick(item),
          },
          item.name,
          item.detail && h('small', {}, item.detail),
        ),
      ),
    );
    if (found.length === 0)
      list.append(h('li', { className: 'nothing' }, result instanceof Error ? result.message : 'Nothing found.'));
    open(true);
    mark();
  }

  function mark() {
    for (const [n, option] of [...list.children].entries()) option.setAttribute('aria-selected', String(n === active));
    if (active >= 0) {
      input.setAttribute('aria-activedescendant', `${listId}-${active}`);
      list.children[active].scrollIntoView({ block: 'nearest' });
    } else input.removeAttribute('aria-activedescendant');
  }

  function onKey(event) {
    const isOpen = !list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) return void search();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (found.length > 0) active = (active + step + found.length) % found.length;
      mark();
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      if (found[active]) pick(found[active]);
    } else if (event.key === 'Escape' && isOpen) {
      // Keeps the dialog around the picker open.
      event.preventDefault();
      event.stopPropagation();
      open(false);
    }
  }

  function pick(item) {
    set(item);
    open(false);
    onPick?.(item);
  }

  function empty() {
    pick(null);
    input.focus();
  }

  function set(item) {
    current = item;
    input.value = item?.name ?? '';
    clear.hidden = !item;
  }

  function leave() {
    open(false);
    if (document.activeElement !== input) input.value = current?.name ?? '';
  }

  function open(isOpen) {
    // Closing the list discards the result of a pending request.
    lastRequest += isOpen ? 0 : 1;
    list.hidden = !isOpen;
    input.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) input.removeAttribute('aria-activedescendant');
  }

  return {
    node,
    input,
    set,
    get value() {
      return current;
    },
  };
}
