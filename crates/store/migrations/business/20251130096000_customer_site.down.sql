UPDATE customer SET site_id = NULL WHERE site_id = (SELECT MIN(id) FROM site WHERE site.tenant_id = customer.tenant_id);
