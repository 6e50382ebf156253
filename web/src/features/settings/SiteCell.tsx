import type { Site } from '@/api/sites';

/** The site of a row, by its name. */
export function SiteCell({ sites, id }: { readonly sites: readonly Site[]; readonly id: string }) {
  const name = sites.find((site) => site.id === id)?.name;
  return <td title={name}>{name}</td>;
}
