// Papers by year, as small bars; the numbers are in a table for those who cannot see them.

export function Bars({ years }: { years: [number, number][] }) {
  const first = years[0]![0];
  const last = years.at(-1)![0];
  const most = Math.max(...years.map(([, papers]) => papers));
  const width = 240;
  const step = width / (last - first + 1);
  return (
    <svg class="bars" viewBox={`0 0 ${width} 74`} role="img" aria-label={years.map(([y, k]) => `${y}: ${k}`).join(", ")}>
      {years.map(([year, papers]) => {
        const height = Math.max(2, (52 * papers) / most);
        return (
          <rect x={(year - first) * step + 0.5} y={56 - height} width={Math.max(1.5, Math.min(step - 1, 22))} height={height} class="bar">
            <title>{`${year}: ${papers}`}</title>
          </rect>
        );
      })}
      <text x="0" y="71">{first}</text>
      {last !== first && (
        <text x={width} y="71" text-anchor="end">
          {last}
        </text>
      )}
    </svg>
  );
}
