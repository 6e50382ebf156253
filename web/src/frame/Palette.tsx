export function PaletteDialog(_: { readonly open: boolean; onClose(): void }) {
  return null;
}
