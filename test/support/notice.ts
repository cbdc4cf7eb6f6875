/** A page of a driven browser. */
interface Page {
  evaluate(read: () => boolean): Promise<boolean>;
}

/** The notice lives in a closed shadow root in the top layer: seen by what lies over the middle of the page. */
export function noticeIsOver(tab: Page): Promise<boolean> {
  return tab.evaluate(() => {
    const above = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    return (
      above !== null &&
      above.closest('#root, main, body > div:not([popover])') === null &&
      above.shadowRoot === null &&
      above.localName !== 'html' &&
      above.localName !== 'body'
    );
  });
}
