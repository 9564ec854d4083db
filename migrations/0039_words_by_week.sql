-- Takes about half a minute for a million messages. Messages can be read meanwhile, and those that are written wait.
SET LOCAL maintenance_work_mem = '256MB';--> statement-breakpoint
CREATE INDEX "ctw_words_by_week" ON "communication_thread_words" USING gin ("words",(ARRAY[date_bin('7 days', COALESCE("timestamp", 'epoch'), 'epoch')]));--> statement-breakpoint
DROP INDEX "ctw_words";
