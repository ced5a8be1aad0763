-- An account of nobody in the registry looks as a person that nothing names: null is what nobody is assigned to as well.
CREATE OR REPLACE FUNCTION sight.viewer() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT COALESCE(NULLIF(current_setting('pentarch.viewer', true), ''), '00000000-0000-0000-0000-000000000000')::uuid
$$;
