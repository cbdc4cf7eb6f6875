import type { SessionWords } from './session-words.ts';

const RADIUS = 15;
const AROUND = 2 * Math.PI * RADIUS;

/** The time that is left, as a quiet ring. The words beside it say the same, so it is hidden from screen readers. */
export function Ring({ left, tone }: { left: number; tone: SessionWords['tone'] }) {
  return (
    <svg
      class={`ring ring-${tone}`}
      width="36"
      height="36"
      viewBox="0 0 36 36"
      aria-hidden="true"
      focusable="false"
    >
      <circle class="ring-track" cx="18" cy="18" r={RADIUS} />
      {left > 0 && (
        <circle
          class="ring-left"
          cx="18"
          cy="18"
          r={RADIUS}
          transform="rotate(-90 18 18)"
          stroke-dasharray={`${(left * AROUND).toFixed(2)} ${AROUND.toFixed(2)}`}
        />
      )}
      {tone === 'good' && <path class="ring-glyph" d="m13 18.5 3.6 3.5 6.6-8" />}
      {tone === 'soon' && <path class="ring-glyph" d="M18 12.5V18l3.5 2.5" />}
      {tone === 'over' && (
        <path class="ring-glyph" d="M13.5 17.5h9v6h-9zM15.5 17v-2.2a2.5 2.5 0 0 1 5 0V17" />
      )}
      {tone === 'bad' && <path class="ring-glyph" d="M18 12.5v6.5M18 23v.01" />}
      {tone === 'unknown' && <path class="ring-glyph" d="M13.5 18v.01M18 18v.01M22.5 18v.01" />}
    </svg>
  );
}
