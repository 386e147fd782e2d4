const bins = 512;

/**
 * A threshold that at most `count` of the positive `values` reach, found in one pass over bins instead of by sorting:
 * a few less than `count` may be left.
 */
export function thresholdFor(values: ArrayLike<number>, count: number): number {
  let largest = 0;
  for (let i = 0; i < values.length; i += 1) largest = Math.max(largest, values[i] as number);
  if (largest === 0 || values.length <= count) return 0;
  const histogram = new Int32Array(bins);
  const scale = bins / largest;
  for (let i = 0; i < values.length; i += 1) {
    const bin = Math.min(bins - 1, Math.floor((values[i] as number) * scale));
    histogram[bin] = (histogram[bin] as number) + 1;
  }
  let above = 0;
  for (let bin = bins - 1; bin >= 0; bin -= 1) {
    above += histogram[bin] as number;
    // The fullest bin alone may hold more than `count`: then all of it is better than nothing.
    if (above > count) return bin === bins - 1 ? bin / scale : (bin + 1) / scale;
  }
  return 0;
}
