import { Module } from '@nestjs/common';
import { ConversationStore } from './conversation.store';

@Module({ providers: [ConversationStore], exports: [ConversationStore] })
export class DialogueModule {}
