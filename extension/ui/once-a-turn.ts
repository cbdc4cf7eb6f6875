/**
 * A function that draws once in this turn, however often it is called. A view asks for things while it is being drawn
 * (in its effects); drawing again in the middle of that would leave Preact between two states.
 */
export function onceATurn(draw: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    queueMicrotask(() => {
      asked = false;
      draw();
    });
  };
}
