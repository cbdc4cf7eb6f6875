import type { Comparison } from './album.ts';

export interface Pair {
  /** PNGs in base64. */
  left: string;
  right: string;
  /** Two pixels are the same when no channel differs by more than this, of 255. */
  tolerance: number;
}

/**
 * Compares two pictures in a canvas of the browser that made them: no decoder of our own, and no package for it. It is
 * sent into a page as it stands, so it uses nothing from outside.
 */
export async function comparePictures({ left, right, tolerance }: Pair): Promise<Comparison> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  const pixels = async (base64: string): Promise<ImageData> => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    canvas.width = image.width;
    canvas.height = image.height;
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  };
  const one = await pixels(left);
  const other = await pixels(right);
  const of = other.width * other.height;
  if (one.width !== other.width || one.height !== other.height) return { different: of, of, diff: null };
  let different = 0;
  const { data } = other;
  for (let at = 0; at < data.length; at += 4) {
    const far = [0, 1, 2].some(
      (channel) => Math.abs((one.data[at + channel] ?? 0) - (data[at + channel] ?? 0)) > tolerance,
    );
    if (far) different += 1;
    // What is the same stays as a shade, to show where the difference is.
    data.set(far ? [220, 0, 0, 255] : [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, 50], at);
  }
  context.putImageData(other, 0, 0);
  return { different, of, diff: canvas.toDataURL('image/png').split(',')[1] ?? '' };
}
