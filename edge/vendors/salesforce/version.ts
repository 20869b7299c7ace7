/** The REST API we speak; the package's `apiVersion` is the same. */
export const API_VERSION = '67.0';
