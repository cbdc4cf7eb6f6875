/**
 * awsher's own mark, drawn as in `extension/icons/mark.svg`: a lit doorway, and the terminal's prompt on its way through.
 * It is decoration beside the name, so screen readers skip it.
 */
export function Mark({ size }: { size: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="mark-wall" width="32" height="32" rx="7.5" />
      <path class="mark-door" d="M8 27V14.5a8 8 0 0 1 16 0V27z" />
      <path class="mark-prompt" d="m12.6 13.4 5 4.6-5 4.6" />
    </svg>
  );
}
