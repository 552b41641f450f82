export { type Accuracy, type EntryAccuracy, type EntryCount } from './accuracy';
export {
  type Correction,
  type CorrectionDraft,
  type CorrectionScope,
  type CorrectionState,
  type RoutedMatter,
} from './correction';
export { Guidance1780000018000 } from './guidance.migration';
export { GuidanceModule } from './guidance.module';
export { GuidanceService } from './guidance.service';
export { maskPersonal } from './masking';
export { type PhrasingsRow } from './phrasings';
