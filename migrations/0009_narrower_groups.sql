DROP INDEX "ct_group";--> statement-breakpoint
DROP INDEX "ct_customer";--> statement-breakpoint
CREATE INDEX "ct_group" ON "communication_threads" USING btree ("company_id","thread_group_id");--> statement-breakpoint
CREATE INDEX "ct_customer" ON "communication_threads" USING btree ("company_id","customer_id","timestamp" DESC NULLS FIRST,"id" DESC NULLS FIRST,"cell","thread_group_id");