import manifest from '../package.json' with { type: 'json' };

/** The version of this package. Those that ported programs import have the same. */
export const version: string = manifest.version;
