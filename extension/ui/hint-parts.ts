/** A hint taken apart: words to read and commands to copy, in their order. */
export type HintPart = { kind: 'words' | 'command'; text: string };

/**
 * Hints of errors are one clause with commands between backticks: ``run `awsher doctor` and report what it says``.
 * A lone "run" before a single command says nothing that the command's place does not, so it is left out.
 */
export function hintParts(hint: string): HintPart[] {
  const parts: HintPart[] = [];
  for (const [index, piece] of hint.split('`').entries()) {
    const text = index % 2 === 1 ? piece.trim() : piece.replace(/^[\s,.;]+|[\s,;]+$/g, '');
    if (text) parts.push({ kind: index % 2 === 1 ? 'command' : 'words', text });
  }
  const [first, second] = parts;
  if (parts.length === 2 && first?.text.toLowerCase() === 'run' && second?.kind === 'command')
    return [second];
  return parts.map((part, index) => (index === 0 && part.kind === 'words' ? capitalised(part) : part));
}

function capitalised(part: HintPart): HintPart {
  return { ...part, text: part.text.charAt(0).toUpperCase() + part.text.slice(1) };
}
