-- A gap may stand on the transparency log itself: the alarm that it does not say what the tables say.
ALTER TYPE "gap_subject_type" ADD VALUE 'log';
