/** The datasets whose whole state the log records, in the order in which bundles have them. */
export const bundleDatasets = ['matrix', 'gaps', 'assignments', 'certifications'] as const
export type BundleDatasetName = (typeof bundleDatasets)[number]
