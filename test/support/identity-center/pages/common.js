// What every page of the embedded Identity Center shares: its data, elements, marks and calls.
export const data = JSON.parse(document.getElementById('page-data').textContent);
export const { options, texts } = data;
export const root = document.getElementById('root');
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Class names as a build with hashed names leaves them: of no use to anybody who looks for an element. */
export const hashed = (name) => `awsui_${name}_1hxdq_8k3fz_145`;

/** An element; attributes that are null or false are left out. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== false && value !== undefined)
      element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');

/** The marks that the option leaves on an element. */
export function marks({ id, analytics, alert, testid }) {
  const attributes = options.markers === 'all' || options.markers === 'attributes';
  return {
    id: options.markers === 'all' ? id : null,
    'data-analytics': attributes ? analytics : null,
    'data-analytics-alert': attributes ? alert : null,
    'data-testid': attributes ? testid : null,
  };
}

/** A button in its own look; both kinds are `type=submit`. */
export function button(text, kind, attributes = {}) {
  return h(
    'button',
    { type: 'submit', class: `${hashed('button')} ${hashed(`variant-${kind}`)}`, ...attributes },
    h('span', { class: hashed('content') }, text),
  );
}

/** Calls an API and gives status and JSON. */
export async function call(method, url, body, token) {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(token ? { 'x-amz-sso_bearer_token': token } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const value = await response.json().catch(() => ({}));
  return { ok: response.ok, status: response.status, value };
}

/** The page's frame: a quiet header and one card. */
export function show(...children) {
  root.replaceChildren(
    h(
      'header',
      { class: hashed('top') },
      h('span', { class: hashed('mark') }),
      data.directory?.name ?? 'Access portal',
    ),
    h('main', { class: hashed('card') }, ...children),
  );
}

export function alertBox(kind, text, more, attributes = {}) {
  return h(
    'div',
    {
      class: `${hashed('alert')} ${hashed(`type-${kind}`)} awsui-alert-type-${kind}`,
      role: 'status',
      ...attributes,
    },
    h('div', { class: options.markers === 'none' ? null : 'awsui-context-alert' }, h('strong', {}, text)),
    more ? h('div', {}, more) : null,
  );
}
