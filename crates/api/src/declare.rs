//! How a route comes to be: with its access declared, or not at all. The guard and the OpenAPI document read the same declaration.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::MethodRouter;
use domain::Permission;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::{Operation, Paths};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, ResponseBuilder, Schema, SecurityRequirement};

use crate::app::App;

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Open,
    /// Accounts with the permission.
    Needs(Permission),
}

/// A route and what is said about it.
pub struct Declared {
    /// Who may use it.
    pub access: Access,
    replayable: bool,
    schemas: Vec<(String, RefOr<Schema>)>,
    paths: Paths,
    methods: MethodRouter<Arc<App>>,
}

/// What the `routes!` macro gives.
type Handlers = (Vec<(String, RefOr<Schema>)>, Paths, MethodRouter<Arc<App>>);

/// All routes of the API.
#[derive(Default)]
pub struct Routes {
    declared: Vec<Declared>,
}

impl Routes {
    /// Adds a route for everybody. The list of these is closed and tested.
    pub fn open(self, handlers: Handlers) -> Routes {
        self.add(Access::Open, false, handlers)
    }

    /// Adds a route for accounts with `permission`.
    pub fn needs(self, permission: Permission, handlers: Handlers) -> Routes {
        self.add(Access::Needs(permission), false, handlers)
    }

    /// The same for a route whose body may have `bytes_max` bytes, where those of an ordinary request are too few.
    pub fn needs_with_body(self, permission: Permission, bytes_max: usize, handlers: Handlers) -> Routes {
        let (schemas, paths, methods) = handlers;
        let methods = methods.layer(DefaultBodyLimit::max(bytes_max));
        self.add(Access::Needs(permission), false, (schemas, paths, methods))
    }

    /// Adds a command: a route that answers the same when repeated with the same `Idempotency-Key`.
    pub fn command(self, permission: Permission, handlers: Handlers) -> Routes {
        self.add(Access::Needs(permission), true, handlers)
    }

    fn add(mut self, access: Access, replayable: bool, (schemas, paths, methods): Handlers) -> Routes {
        self.declared.push(Declared { access, replayable, schemas, paths, methods });
        self
    }

    /// The part of the OpenAPI document that the routes make.
    pub fn document(self, mut document: OpenApi) -> OpenApi {
        for declared in self.declared {
            let components = document.components.get_or_insert_default();
            components.schemas.extend(declared.schemas);
            for (path, item) in declared.paths.paths {
                let whole = document.paths.paths.entry(path).or_default();
                for (operation, slot) in [
                    (item.get, &mut whole.get),
                    (item.put, &mut whole.put),
                    (item.post, &mut whole.post),
                    (item.delete, &mut whole.delete),
                    (item.patch, &mut whole.patch),
                ] {
                    if let Some(mut operation) = operation {
                        describe(&mut operation, declared.access, declared.replayable);
                        *slot = Some(operation);
                    }
                }
            }
        }
        document
    }

    /// The router: every route behind the guard of its access.
    pub fn router(self, app: &Arc<App>) -> Router<Arc<App>> {
        let mut router = Router::new();
        for declared in self.declared {
            let access = declared.access;
            let mut methods = declared.methods;
            if declared.replayable {
                methods = methods.layer(from_fn_with_state(app.clone(), crate::replay::replay));
            }
            let guarded = app.clone();
            methods = methods
                .layer(from_fn(move |request, next| crate::auth::guard::check(guarded.clone(), access, request, next)));
            for path in declared.paths.paths.keys() {
                router = router.route(path, methods.clone());
            }
        }
        router
    }
}

fn describe(operation: &mut Operation, access: Access, replayable: bool) {
    let problem = ResponseBuilder::new()
        .description("A problem document; `code` says which.")
        .content(
            "application/problem+json",
            ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build(),
        )
        .build();
    operation.responses.responses.insert("default".to_owned(), RefOr::T(problem));
    match access {
        Access::Open => operation.security = Some(Vec::new()),
        Access::Needs(permission) => {
            let none: [String; 0] = [];
            operation.security =
                Some(vec![SecurityRequirement::new("session", none.clone()), SecurityRequirement::new("token", none)]);
            let said = ExtensionsBuilder::new().add("x-permission", permission.name()).build();
            operation.extensions.get_or_insert_default().merge(said);
        }
    }
    if replayable {
        operation.parameters.get_or_insert_default().push(idempotency_key());
    }
}

fn idempotency_key() -> utoipa::openapi::path::Parameter {
    use utoipa::openapi::path::{ParameterBuilder, ParameterIn};
    use utoipa::openapi::schema::{ObjectBuilder, Type};
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(utoipa::openapi::Required::False)
        .description(Some("The same key with the same request gets the same answer; with another request, `conflict`."))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).max_length(Some(128))))
        .build()
}
