/**
 * awsher's own mark, drawn as in `extension/icons/mark.svg`: a lit doorway, with the terminal's prompt on its way through.
 * It is decoration beside the name, so screen readers skip it.
 */
export function Mark({ size }: { size: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect class="mark-wall" width="32" height="32" rx="7.5" />
      <path class="mark-door" d="M7 26V15a9 9 0 0 1 18 0v11" />
      <path class="mark-prompt" d="m13 14.8 5 4.7-5 4.7" />
    </svg>
  );
}
