export { conclude, officerLeft } from './conclude';
export { newConversation, type Conversation } from './conversation';
export { ConversationStore } from './conversation.store';
export { Dialogue1780000003000 } from './dialogue.migration';
export { DialogueModule } from './dialogue.module';
export type { HandOver, HandOverLine, HandOverParty, HandOverScope, HandOverState } from './hand-over';
export { askRating, ratingGivenElsewhere, ratingUndelivered } from './rating-question';
export { turn } from './turn';
export type { NearbyPlace, Turn, World } from './world';
