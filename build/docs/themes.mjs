/** The words of `--theme`, in the order of `t`. */
export async function print({definitions}) {
  const themes = Object.values(await definitions('themes'));
  return themes
    .sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1))
    .map(({name}) => `\`${name}\``)
    .join(', ');
}
