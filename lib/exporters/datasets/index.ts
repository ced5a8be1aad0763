import 'server-only'
import { assignmentsDataset } from './assignments-store'
import { auditDataset } from './audit-store'
import { certificationsDataset } from './certifications-store'
import { coverageDataset } from './coverage'
import type { Dataset } from './dataset'
import { gapsDataset } from './gaps-store'
import { matrixDataset } from './matrix-store'
import type { DatasetName } from './model'

/** Every dataset by its name. */
export const datasets: Readonly<Record<DatasetName, Dataset>> = {
  matrix: matrixDataset,
  gaps: gapsDataset,
  assignments: assignmentsDataset,
  certifications: certificationsDataset,
  audit: auditDataset,
  coverage: coverageDataset,
}
