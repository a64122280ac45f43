declare module 'lucide/dist/esm/icons/*.mjs' {
  const shapes: readonly (readonly [string, Readonly<Record<string, string | number>>])[];
  export default shapes;
}
