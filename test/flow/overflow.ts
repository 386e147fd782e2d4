/** For a page to evaluate: how many pixels it, or its main part, is wider than what shows it. */
export const overflow =
  "Math.max(...[document.scrollingElement, document.querySelector('main')].map((one) => one === null ? 0 : one.scrollWidth - one.clientWidth))";
