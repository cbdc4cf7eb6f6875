/** Something that others hear of; who tells it knows none of them. */
export interface News<Told extends unknown[] = []> {
  hear(hearer: (...told: Told) => void): void;
  tell(...told: Told): void;
}

/** Everybody who hears is told, in the order in which they came. */
export function createNews<Told extends unknown[] = []>(): News<Told> {
  const hearers: ((...told: Told) => void)[] = [];
  return {
    hear: (hearer) => void hearers.push(hearer),
    tell(...told) {
      for (const hearer of hearers) hearer(...told);
    },
  };
}
