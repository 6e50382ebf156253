CREATE INDEX leg_course_began ON leg_course (tenant_id, began_us);
