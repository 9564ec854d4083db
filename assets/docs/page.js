/**
 * Adds a bar to Swagger UI in `/docs`, in which the user enters a token and a company id for all calls. Runs before
 * Swagger UI starts. Both are only in the memory of the page.
 */
(() => {
  const startSwaggerUi = window.SwaggerUIBundle;
  let ui;

  // Without it phones render the page at desktop width.
  document.head.append(element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }));

  const tokenField = element('input', { id: 'token', type: 'password', placeholder: 'comms_…', autocomplete: 'off' });
  const companyField = element('input', { id: 'company', placeholder: 'UUID', autocomplete: 'off' });
  const companyChoice = element('datalist', { id: 'companies' });
  const hint = element('p', { role: 'status' });
  companyField.setAttribute('list', companyChoice.id);
  for (const field of [tokenField, companyField]) field.spellcheck = false;
  tokenField.addEventListener('input', useToken);
  companyField.addEventListener('input', useCompany);
  document.body.prepend(
    element('header', { id: 'credentials' }, [
      element('label', { htmlFor: 'token', textContent: 'Token' }, [tokenField]),
      element('label', { htmlFor: 'company', textContent: 'Company id' }, [companyField, companyChoice]),
      hint,
    ]),
  );
  showHint();

  window.SwaggerUIBundle = Object.assign((config) => {
    ui = startSwaggerUi({ ...config, requestInterceptor, responseInterceptor, onComplete: useCompany });
    return ui;
  }, startSwaggerUi);

  function useToken() {
    const token = bareToken(tokenField.value);
    if (token) ui.preauthorizeApiKey('token', `Token ${token}`);
    else ui.authActions.logout(['token']);
    showHint();
  }

  /** Fills `company_id` in every operation. */
  function useCompany() {
    const { paths = {} } = ui.specSelectors.specJson().toJS();
    for (const path of Object.keys(paths).filter((candidate) => candidate.includes('{company_id}'))) {
      for (const method of Object.keys(paths[path])) {
        ui.specActions.changeParam([path, method], 'company_id', 'path', companyField.value.trim());
      }
    }
    showHint();
  }

  function showHint() {
    const hasBoth = bareToken(tokenField.value) && companyField.value.trim();
    hint.textContent = hasBoth
      ? 'Open a call below and press Execute.'
      : 'Enter both, or log in below: a login fills them in.';
  }

  /**
   * Accepts a token with or without the word `Token`, in the bar and in Swagger UI's dialog. A `Bearer` header, of the
   * Vonage webhook, isn't changed.
   */
  function requestInterceptor(request) {
    const given = request.headers.Authorization;
    if (given && !/^bearer\s/i.test(given)) request.headers.Authorization = `Token ${bareToken(given)}`;
    return request;
  }

  function responseInterceptor(response) {
    if (response.status === 200 && /\/auth\/login\/?$/.test(response.url)) {
      const { token, companies } = JSON.parse(response.text);
      tokenField.value = token;
      companyChoice.replaceChildren(...companies.map(({ id, name }) => element('option', { value: id, label: name })));
      if (companies[0]) companyField.value = companies[0].id;
      useToken();
      useCompany();
    }
    if (response.status === 204 && /\/auth\/logout\/?$/.test(response.url)) {
      tokenField.value = '';
      useToken();
    }
    return response;
  }

  function bareToken(text) {
    return text.trim().replace(/^token\s+/i, '');
  }

  function element(name, properties, children = []) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }
})();
