import 'server-only'
import type { ExportFormat } from '../names'
import { csvFormat } from './csv'
import { jsonFormat, ndjsonFormat } from './json'
import type { Format } from './model'
import { oscalFormat } from './oscal'
import { pdfFormat } from './pdf'
import { sarifFormat } from './sarif'
import { xlsxFormat } from './xlsx'

/** Every format by its name. A further one is a file beside these and a line here. */
export const formats: Readonly<Record<ExportFormat, Format>> = {
  csv: csvFormat,
  xlsx: xlsxFormat,
  json: jsonFormat,
  ndjson: ndjsonFormat,
  pdf: pdfFormat,
  sarif: sarifFormat,
  oscal: oscalFormat,
}
