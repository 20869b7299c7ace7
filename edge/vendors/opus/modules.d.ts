// A module that was compiled before the Worker runs: it may compile none itself.
declare module '*.wasm' {
  const module: WebAssembly.Module;
  export default module;
}

declare module '*?inline' {
  const dataUrl: string;
  export default dataUrl;
}
