import { ApiError, logIn, useToken } from './api.js';
import { field, h } from './dom.js';

/** @param onDone called after the login */
export function loginScreen(onDone) {
  const problem = h('p', { className: 'problem', role: 'alert', hidden: true });
  const username = h('input', {
    type: 'text',
    autocomplete: 'username',
    required: true,
    autocapitalize: 'none',
    spellcheck: 'false',
  });
  const password = h('input', { type: 'password', autocomplete: 'current-password', required: true });
  const token = h('input', { type: 'password', autocomplete: 'off', required: true, placeholder: 'comms_…' });
  const companyId = h('input', { type: 'text', autocomplete: 'off', required: true, spellcheck: 'false' });

  const byPassword = form('Log in', [field('User name', username), field('Password', password)], () =>
    logIn(username.value, password.value),
  );
  const byToken = form('Use this token', [field('Token', token), field('Company id', companyId)], () =>
    useToken(token.value, companyId.value),
  );

  function form(action, fields, submit) {
    const button = h('button', { className: 'primary', type: 'submit' }, action);
    return h(
      'form',
      {
        onsubmit: async (event) => {
          event.preventDefault();
          button.disabled = true;
          problem.hidden = true;
          try {
            await submit();
            onDone();
          } catch (error) {
            problem.textContent = error instanceof ApiError ? explain(error) : String(error);
            problem.hidden = false;
          } finally {
            button.disabled = false;
          }
        },
      },
      fields,
      button,
    );
  }

  queueMicrotask(() => username.focus());
  return h(
    'main',
    { className: 'login' },
    h('h1', {}, 'Inbox'),
    h('p', { className: 'hint' }, 'Conversations with customers, and what to do next.'),
    problem,
    byPassword,
    h('details', {}, h('summary', {}, 'Use a token instead'), byToken),
  );
}

function explain({ status, code, message }) {
  if (code === 'invalid_credentials') return 'The user name or password is wrong.';
  if (status === 401) return 'The token isn’t valid.';
  if (status === 403 || status === 404) return 'The token has no access to this company.';
  return message;
}
