import { ApiError, company, newKey } from './api.js';
import { announce, field, h, options, words } from './dom.js';
import { picker } from './picker.js';
import { findCustomers, listContacts, listInvoices } from './reference-data.js';

const TYPES = ['call', 'meeting', 'letter', 'sms', 'email', 'other'];
const OUTCOMES = [
  'spoke',
  'left_message',
  'no_answer',
  'wrong_number',
  'promise_to_pay',
  'dispute',
  'paid',
  'refused',
  'other',
];
const REASONS = ['price', 'quantity', 'quality', 'not_received', 'duplicate', 'terms', 'other'];
const named = (codes) => codes.map((code) => [code, words(code)]);

/**
 * The dialog for logging a call. Closing it keeps what was typed until it is opened again.
 * @param onLogged called with the new thread
 */
export function logForm(onLogged) {
  let key = newKey();
  const select = (values, blank) => h('select', {}, options(values, blank === undefined ? {} : { blank }));
  const type = select(named(TYPES));
  const direction = select([
    ['outbound', 'We called'],
    ['inbound', 'They called'],
  ]);
  const customer = picker({ label: 'Customer', placeholder: 'Type a name', find: findCustomers, onPick: useCustomer });
  const contact = h('select', {}, options([], { blank: 'No contact' }));
  const contactHint = h('p', { className: 'hint' });
  const invoices = h('fieldset', { className: 'invoices', hidden: true });
  const outcome = select(named(OUTCOMES), 'Not specified');
  const dueOn = h('input', { type: 'date' });
  const amount = h('input', { type: 'text', inputmode: 'decimal', autocomplete: 'off', placeholder: '1250.00' });
  const currency = h('input', { type: 'text', maxlength: '3', autocomplete: 'off', placeholder: 'USD', size: '4' });
  const reason = select(named(REASONS));
  const notes = h('textarea', { rows: '5', required: true, maxlength: '20000' });
  const followUp = h('input', { type: 'date' });
  const problem = h('p', { className: 'problem', role: 'alert', hidden: true });
  const promise = h(
    'fieldset',
    { className: 'inline-fields', hidden: true },
    h('legend', {}, 'Promise'),
    field('Pays on', dueOn, { name: 'promise.due_on' }),
    field('Amount', amount, { name: 'promise.amount' }),
    field('Currency', currency, { name: 'promise.currency' }),
  );
  const dispute = h(
    'fieldset',
    { hidden: true },
    h('legend', {}, 'Dispute'),
    field('Reason', reason, { name: 'dispute.reason' }),
  );
  const save = h('button', { type: 'submit', className: 'primary' }, 'Save');
  const form = h(
    'form',
    { onsubmit: submit, novalidate: true },
    h('h2', { id: 'log-title' }, 'Log a call'),
    problem,
    h(
      'div',
      { className: 'inline-fields' },
      field('What', type, { name: 'communication_type' }),
      field('Direction', direction, { name: 'direction' }),
    ),
    field('Customer', customer.input, { name: 'customer_id' }),
    field('Contact', contact, { name: 'contact_id' }),
    contactHint,
    invoices,
    field('Outcome', outcome, { name: 'outcome' }),
    promise,
    dispute,
    field('What was said', notes, { name: 'notes' }),
    field('Follow up on', followUp, { name: 'follow_up_at' }),
    h('div', { className: 'buttons' }, save, h('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel')),
  );
  // `field` wraps only the input, so the picker's list and clear button are inserted after the label.
  form.querySelector(`label[for="${customer.input.id}"]`).after(customer.node);
  customer.node.prepend(customer.input);
  const dialog = h('dialog', { className: 'log', 'aria-labelledby': 'log-title' }, form);
  outcome.addEventListener('change', showOutcome);
  type.addEventListener('change', showOutcome);

  function showOutcome() {
    promise.hidden = outcome.value !== 'promise_to_pay';
    dispute.hidden = outcome.value !== 'dispute';
    form.querySelector('h2').textContent =
      `Log ${type.value === 'email' || type.value === 'other' ? 'an' : 'a'} ${type.value === 'other' ? 'entry' : type.value}`;
  }

  async function useCustomer(item) {
    contact.replaceChildren(...options([], { blank: 'No contact' }));
    invoices.replaceChildren();
    invoices.hidden = true;
    contactHint.textContent = '';
    if (!item) return;
    const [people, invoiceList] = await Promise.all([
      listContacts(item.id).catch((error) => error),
      listInvoices(item.id).catch((error) => error),
    ]);
    if (customer.value?.id !== item.id) return;
    if (people instanceof Error || invoiceList instanceof Error)
      contactHint.textContent = [people, invoiceList]
        .filter((one) => one instanceof Error)
        .map((one) => one.message)
        .join(' ');
    if (Array.isArray(people)) contact.append(...options(people));
    if (Array.isArray(invoiceList) && invoiceList.length > 0) {
      invoices.append(h('legend', {}, 'Invoices'), ...invoiceList.map(invoiceBox));
      invoices.hidden = false;
    }
  }

  async function submit(event) {
    event.preventDefault();
    showErrors({});
    save.disabled = true;
    try {
      const body = await company('POST', 'communications/log-manual', {
        body: readForm(),
        headers: { 'idempotency-key': key },
      });
      form.reset();
      customer.set(null);
      useCustomer(null);
      showOutcome();
      key = newKey();
      dialog.close();
      announce('Saved.');
      onLogged(body);
    } catch (error) {
      // The key is kept while the result is unknown, so that a retry can't log the call twice.
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) key = newKey();
      showErrors(error.errors ?? {}, error.message);
    } finally {
      save.disabled = false;
    }
  }

  function readForm() {
    const ids = [...invoices.querySelectorAll('input:checked')].map((box) => box.value);
    return {
      communication_type: type.value,
      direction: direction.value,
      notes: notes.value,
      customer_id: customer.value?.id,
      contact_id: contact.value || undefined,
      invoice_ids: ids.length > 0 ? ids : undefined,
      outcome: outcome.value || undefined,
      promise: promise.hidden
        ? undefined
        : {
            due_on: dueOn.value,
            amount: amount.value.trim() || undefined,
            currency: currency.value.trim().toUpperCase() || undefined,
            invoice_ids: ids.length > 0 ? ids : undefined,
          },
      dispute: dispute.hidden ? undefined : { reason: reason.value, invoice_ids: ids.length > 0 ? ids : undefined },
      follow_up_at: followUp.value ? new Date(`${followUp.value}T09:00`).toISOString() : undefined,
    };
  }

  /** Shows each error at its field, and errors without a field above the form. */
  function showErrors(errors, message = '') {
    const errorNodes = new Map(
      [...form.querySelectorAll('[data-error-for]')].map((node) => [node.dataset.errorFor, node]),
    );
    for (const errorNode of errorNodes.values()) {
      errorNode.hidden = true;
      document.getElementById(errorNode.id.replace(/-error$/, ''))?.removeAttribute('aria-invalid');
    }
    const rest = [];
    let first;
    for (const [name, texts] of Object.entries(errors)) {
      const errorNode = errorNodes.get(name);
      if (!errorNode) {
        rest.push(`${name}: ${texts.join(' ')}`);
        continue;
      }
      errorNode.textContent = texts.join(' ');
      errorNode.hidden = false;
      const control = document.getElementById(errorNode.id.replace(/-error$/, ''));
      control?.setAttribute('aria-invalid', 'true');
      first ??= control;
    }
    problem.textContent = rest.length > 0 ? rest.join(' ') : first ? '' : message;
    problem.hidden = problem.textContent === '';
    first?.focus();
  }

  return {
    node: dialog,
    /**
     * @param about `{customer_id, customer_name, contact_id, invoice_ids}` of the open conversation, if there is one
     */
    async open(about) {
      dialog.showModal();
      if (about?.customer_id && notes.value.trim() === '') {
        const item = { id: about.customer_id, name: about.customer_name };
        customer.set(item);
        await useCustomer(item);
        if (about.contact_id) contact.value = about.contact_id;
        if (contact.selectedIndex < 0) contact.value = '';
        for (const box of invoices.querySelectorAll('input'))
          box.checked = (about.invoice_ids ?? []).includes(box.value);
        notes.focus();
      } else if (customer.value) notes.focus();
      else customer.input.focus();
    },
  };
}

function invoiceBox({ id, number, detail }) {
  return h(
    'label',
    { className: 'check' },
    h('input', { type: 'checkbox', value: id }),
    h('span', {}, number),
    h('small', {}, detail),
  );
}
