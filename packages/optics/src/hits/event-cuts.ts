import type { PhotonSource, SourceEvent } from '../sources/photon-source.ts';
import { type HitForms, hasMerged } from './hit-forms.ts';
import { type EventCuts, oneEvent } from './shape-hits.ts';

/** Where events begin among photons `first` to `first + count - 1`, when their hits are merged event by event. */
export function eventCuts(
  { events }: PhotonSource,
  forms: HitForms | undefined,
  first: number,
  count: number,
): EventCuts {
  if (!forms || !hasMerged(forms.kinds) || forms.acrossEvents || !events?.length) return oneEvent;
  const begin = eventOf(events, first);
  const end = eventOf(events, first + count - 1);
  const starts = events.slice(begin + 1, end + 1).map(({ firstPhoton }) => firstPhoton);
  return { first: begin, starts: Float64Array.from(starts) };
}

/** The last event that begins at or before a photon. */
function eventOf(events: readonly SourceEvent[], photon: number): number {
  let [low, high] = [0, events.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((events[middle]?.firstPhoton ?? 0) <= photon) low = middle;
    else high = middle;
  }
  return low;
}
