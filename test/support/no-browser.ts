/** In place of webextension-polyfill where tests run in Node: a test gives the parts what they need of a browser. */
export default {};
