export { Assessment1780000006000 } from './assessment.migration';
export { AssessmentModule } from './assessment.module';
export { AssessmentService } from './assessment.service';
export { type EvidenceItem, type EvidencePage } from './evidence';
export {
  type Direction,
  type IndicatorFigure,
  type LateCounts,
  type ScoreItem,
  type ScoreSheet,
  type Subject,
} from './score-sheet';
export { scoresCsv } from './scores-csv.service';
