DROP INDEX leg_course_began;
