import { Folded } from "../../components/folded.tsx";
import { Part } from "../../components/part.tsx";
import { type FlowView, type PlaceView, placeWords } from "./detail-places.ts";

/** From where data comes in to where it does harm, step by step. */
export function DataFlows({ flows }: { flows: readonly FlowView[] }) {
  if (flows.length === 0) return null;
  return (
    <Part name="Data flow">
      {flows.map((flow, index) => (
        <Folded
          key={index}
          summary={
            <span className="min-w-0 truncate">
              {flow.total.toLocaleString("en")} {flow.total === 1 ? "step" : "steps"}
              <EndsOf flow={flow} />
            </span>
          }
        >
          <Places places={flow.steps} isOrdered />
          {flow.total > flow.steps.length && (
            <p className="mt-1 pl-4 text-xs text-ink-faint">{(flow.total - flow.steps.length).toLocaleString("en")} steps before the last are left out.</p>
          )}
        </Folded>
      ))}
    </Part>
  );
}

function EndsOf({ flow }: { flow: FlowView }) {
  const [first, last] = [flow.steps[0], flow.steps.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  return (
    <code className="ml-2 text-2xs text-ink-faint">
      {placeWords(first)} → {placeWords(last)}
    </code>
  );
}

/** Places besides the finding's own. */
export function OtherPlaces({ places, more }: { places: readonly PlaceView[]; more: number }) {
  if (places.length === 0) return null;
  return (
    <Part name="Other places">
      {places.length <= 3 ? (
        <Places places={places} isOrdered={false} />
      ) : (
        <Folded summary={`${(places.length + more).toLocaleString("en")} places`}>
          <Places places={places} isOrdered={false} />
        </Folded>
      )}
      {more > 0 && <p className="mt-1 text-xs text-ink-faint">{more.toLocaleString("en")} more stand in the report alone.</p>}
    </Part>
  );
}

function Places({ places, isOrdered }: { places: readonly PlaceView[]; isOrdered: boolean }) {
  const List = isOrdered ? "ol" : "ul";
  return (
    <List className="flex flex-col gap-1 text-xs">
      {places.map((place, index) => (
        <li key={index} className="flex gap-2">
          {isOrdered && <span className="w-5 shrink-0 text-right text-ink-faint">{index + 1}</span>}
          <span className="min-w-0">
            <code className="text-2xs break-all">{placeWords(place)}</code>
            {place.message !== null && <span className="block break-words text-ink-soft">{place.message}</span>}
          </span>
        </li>
      ))}
    </List>
  );
}
