// The access portal. Views are functions of the address; the hash is the router.
import {
  alertBox,
  button,
  call,
  data,
  fill,
  h,
  hashed,
  marks,
  options,
  root,
  show,
  sleep,
  texts,
} from './common.js';

const COOKIE = 'x-amz-sso_authn';
const { api, directory } = data;
let rerender = 0;

function session() {
  const pair = document.cookie.split('; ').find((one) => one.startsWith(`${COOKIE}=`));
  return pair?.slice(COOKIE.length + 1);
}

async function route() {
  clearInterval(rerender);
  const query = new URLSearchParams(location.search);
  if (query.has('workflowResultHandle')) await finishSignIn(query);
  const me = await call('GET', `${api.portal}/token/whoAmI`, undefined, session());
  if (!me.ok) return goToSignIn();
  const orchestratorId = new URLSearchParams(location.search).get('orchestrator_id');
  const [path, search] = location.hash.slice(1).split('?');
  const hash = new URLSearchParams(search);
  if (orchestratorId !== null) return consentView({ orchestratorId });
  if (path === '/activate') return codeView(hash.get('userCode'));
  if (path === '/consent') return consentView({ deviceContextId: hash.get('contextId') });
  if (path.startsWith('/device'))
    return hash.has('user_code') ? codeView(hash.get('user_code')) : codeEntryView();
  if (hash.has('deviceContextId')) return consentView({ deviceContextId: hash.get('deviceContextId') });
  if (hash.has('orchestratorId')) return consentView({ orchestratorId: hash.get('orchestratorId') });
  homeView(me.value);
}

async function goToSignIn() {
  const query = new URLSearchParams({ directory_id: directory.id, redirect_url: location.href });
  const { value } = await call('GET', `${api.portal}/login?${query}`);
  location.assign(value.redirectUrl);
}

async function finishSignIn(query) {
  const { ok, value } = await call('POST', `${api.portal}/auth/sso-token`, Object.fromEntries(query));
  if (ok) {
    // biome-ignore lint/suspicious/noDocumentCookie: the portal keeps its session in a cookie, and the Cookie Store API is not in every browser
    document.cookie = `${COOKIE}=${value.token}; path=/; max-age=${value.expiresIn}; secure; samesite=lax`;
  }
  // No navigation and no event: the address changes under the page's feet, as the real router does it.
  const target = ok ? new URL(value.redirectUrl) : { pathname: location.pathname, search: '', hash: '' };
  history.replaceState(null, '', target.pathname + target.search + target.hash);
}

/** Shows a view, and again at the interval of the option, until it is left. */
function render(view) {
  clearInterval(rerender);
  view();
  if (options.rerenderMs > 0) rerender = setInterval(view, options.rerenderMs);
}

function codeView(userCode) {
  const shown = options.shownCode ?? userCode;
  render(() => {
    form({
      content: [
        h('h1', {}, texts.requested),
        h('p', {}, texts.compare),
        h('div', { ...marks({ id: 'user-code' }), class: hashed('code') }, shown),
        options.extraCode === null ? null : h('p', {}, `Another device: ${options.extraCode}`),
      ],
      no: { text: texts.cancel, go: () => deny({ userCode }) },
      yes: confirmButton(() => confirm(userCode)),
      also: options.bothButtons ? allowButton(() => {}) : null,
    });
  });
}

function codeEntryView() {
  const input = h('input', { name: 'user_code', autocomplete: 'off', class: hashed('input') });
  render(() => {
    form({
      content: [
        h('header', {}, h('button', { type: 'button', id: 'account-menu' }, 'Ana Lopez')),
        h('h1', {}, texts.requested),
        h('p', {}, texts.enterCode),
        input,
      ],
      no: { text: texts.cancel, go: () => homeView({}) },
      yes: confirmButton(() => confirm(input.value.trim().toUpperCase())),
    });
  });
}

async function confirm(userCode) {
  const answer = await call(
    'POST',
    `${api.oidc}/device_authorization/accept_user_code`,
    { userCode },
    session(),
  );
  if (!answer.ok) return errorView();
  if (answer.value.approved) return approvedView('');
  location.hash = answer.value.fragment;
}

async function consentView(subject) {
  const query = new URLSearchParams(subject);
  const described = await call('GET', `${api.oidc}/consent?${query}`, undefined, session());
  if (!described.ok) return errorView();
  const { approved, redirectUrl, clientId, clientName, script } = described.value;
  if (script !== null) await new Function(`return (async () => {${script}})()`)();
  if (approved && redirectUrl !== null) return location.assign(redirectUrl);
  if (approved) return approvedView(clientName);
  if (subject.orchestratorId !== undefined) {
    const parts = new URLSearchParams({
      clientId,
      clientType: 'public',
      orchestratorId: subject.orchestratorId,
    });
    const fragment = options.plainConsent ? '' : `#/?${parts}`;
    history.replaceState(null, '', location.pathname + fragment);
  }
  render(() => {
    form({
      content: [h('h1', {}, fill(texts.consent, { client: clientName })), h('p', {}, texts.consentScope)],
      no: { text: texts.deny, go: () => deny(subject) },
      yes: allowButton(() => allow(subject, clientName)),
      also: options.bothButtons ? confirmButton(() => {}) : null,
    });
  });
}

async function allow(subject, clientName) {
  const answer = await call('POST', `${api.oidc}/consent`, { decision: 'allow', ...subject }, session());
  if (!answer.ok) return errorView();
  if (answer.value.redirectUrl !== null) location.assign(answer.value.redirectUrl);
  else approvedView(clientName);
}

async function deny(subject) {
  const answer = await call('POST', `${api.oidc}/consent`, { decision: 'deny', ...subject }, session());
  if (!answer.ok) return errorView();
  if (answer.value.redirectUrl !== null) return location.assign(answer.value.redirectUrl);
  render(() => show(alertBox('info', texts.denied)));
}

function approvedView(client) {
  const more = client === '' ? '' : fill(texts.approvedMore, { client });
  const attributes = marks({ alert: 'success', testid: 'consent-success-component' });
  render(() => show(alertBox('success', texts.approved, more, attributes)));
}

function errorView() {
  render(() =>
    show(alertBox('error', texts.invalidCode, '', marks({ alert: 'error', testid: 'device-error-alert' }))),
  );
}

function homeView(me) {
  show(
    h('h1', {}, fill(texts.welcome, { user: me.displayName ?? '' })),
    h('p', {}, fill(texts.accounts, { count: me.accounts ?? '' })),
  );
}

const confirmButton = (go) => ({
  text: texts.confirm,
  marks: marks({ id: 'cli_verification_btn', analytics: 'accept-user-code' }),
  go,
});
const allowButton = (go) => ({
  text: options.allowText ?? texts.allow,
  marks: marks({ testid: 'allow-access-button', analytics: 'consent-allow-access' }),
  go,
});

/** Content, then the refusing button, then the agreeing one: all of them submit. */
function form({ content, no, yes, also = null }) {
  const disabled = options.disabledMs > 0;
  const agree = [button(yes.text, 'primary', { ...yes.marks, disabled })];
  if (options.twin !== 'none') {
    const hidden = options.twin === 'hidden' ? { style: 'display:none' } : {};
    agree.push(button(yes.text, 'primary', { ...yes.marks, ...hidden, disabled }));
  }
  if (also !== null) agree.push(button(also.text, 'primary', also.marks));
  const refuse = button(no.text, 'normal');
  const element = h(
    'form',
    {},
    ...content.filter(Boolean),
    h('div', { class: hashed('actions') }, refuse, ...agree),
  );
  let sent = false;
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    if (sent) return;
    sent = true;
    clearInterval(rerender);
    if (event.submitter === refuse) no.go();
    else yes.go();
  });
  show(element);
  cover();
  if (disabled) setTimeout(() => enable(agree), options.disabledMs);
}

function enable(buttons) {
  for (const one of buttons) one.removeAttribute('disabled');
}

function cover() {
  if (options.cover === 'none') return;
  if (options.cover === 'transparent') {
    for (const one of root.querySelectorAll('button')) one.style.opacity = '0';
    return;
  }
  const isBanner = options.cover === 'cookie-banner';
  root.append(
    h(
      'div',
      { class: hashed(isBanner ? 'cookies' : 'overlay'), 'data-id': isBanner ? 'awsccc-cb' : null },
      isBanner ? h('p', {}, 'This site uses cookies.') : null,
      isBanner ? h('button', { type: 'button', 'data-id': 'awsccc-cb-btn-accept' }, 'Accept all') : null,
    ),
  );
}

addEventListener('hashchange', route);
await sleep(options.blankMs);
await route();
