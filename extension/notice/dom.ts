/** Small helpers that build nodes without markup, so that no text from anywhere can become an element. */

/** An element with a class and children; strings become text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  name: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...children);
  return made;
}

/** A drawing from path data; each path has a class that the style sheet colours. */
export function drawing(
  name: string,
  viewBox: string,
  paths: readonly [className: string, d: string][],
): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', name);
  svg.setAttribute('viewBox', viewBox);
  svg.setAttribute('aria-hidden', 'true');
  for (const [className, d] of paths) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('class', className);
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

/** A button that only a real click or key of the person presses: a page's script cannot. */
export function button(name: string, text: string, press: (event: Event) => void): HTMLButtonElement {
  const made = element('button', name, text);
  made.type = 'button';
  made.addEventListener('click', (event) => {
    if (event.isTrusted) press(event);
  });
  return made;
}

/**
 * An element of ours in somebody else's page: a closed shadow root with its own style sheet. A constructed sheet is
 * no inline style, so the page's content security policy has no say; a browser that refuses to adopt one from a
 * content script gets a style element in its place.
 */
export function island(css: string): { host: HTMLElement; shadow: ShadowRoot } {
  const host = document.createElement('div');
  const shadow = host.attachShadow({ mode: 'closed' });
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    shadow.append(element('style', '', css));
  }
  return { host, shadow };
}
