//! The description of the API, made of what is mounted: what is not mounted is not in it, what is mounted cannot be missing.

use super::{Operation, Routes};
use axum::Json;
use axum::response::IntoResponse;
use shared::api::{BASE, Method, Problem};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::openapi::path::{HttpMethod, OperationBuilder, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{Components, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::{
    Content, InfoBuilder, OpenApi, OpenApiBuilder, PathItem, PathsBuilder, Ref, RefOr, Required, Response,
    ResponseBuilder,
};
use utoipa::{PartialSchema, ToSchema};

/// What an operation takes.
#[derive(Clone, Debug)]
enum Taken {
    Nothing,
    /// JSON of this schema.
    Json(String),
    /// Bytes.
    File,
}

/// What an operation takes and gives; what gives no schema gives bytes.
#[derive(Clone, Debug)]
pub struct Schemas {
    request: Taken,
    response: Option<String>,
    media: Vec<&'static str>,
    named: Vec<(String, RefOr<Schema>)>,
}

impl Schemas {
    pub(super) fn json<Q: ToSchema, R: ToSchema>(method: Method) -> Self {
        let mut named = Vec::new();
        let request = match method {
            Method::Get => Taken::Nothing,
            Method::Post => Taken::Json(name::<Q>(&mut named)),
        };
        Self {
            request,
            response: Some(name::<R>(&mut named)),
            media: vec!["application/json"],
            named,
        }
    }

    pub(super) fn events<T: ToSchema>() -> Self {
        let mut named = Vec::new();
        Self {
            request: Taken::Nothing,
            response: Some(name::<T>(&mut named)),
            media: vec!["text/event-stream"],
            named,
        }
    }

    pub(super) fn download(media: &[&'static str]) -> Self {
        Self {
            request: Taken::Nothing,
            response: None,
            media: media.to_vec(),
            named: Vec::new(),
        }
    }

    pub(super) fn upload<T: ToSchema>() -> Self {
        let mut named = Vec::new();
        Self {
            request: Taken::File,
            response: Some(name::<T>(&mut named)),
            media: vec!["application/json"],
            named,
        }
    }
}

fn name<T: ToSchema>(named: &mut Vec<(String, RefOr<Schema>)>) -> String {
    named.push((T::name().into_owned(), <T as PartialSchema>::schema()));
    T::schemas(named);
    T::name().into_owned()
}

/// The document, ready to be served.
#[derive(Clone, Debug)]
pub struct Document {
    openapi: OpenApi,
    clashes: BTreeSet<String>,
}

impl Document {
    /// Describes what is mounted.
    pub fn of(routes: &Routes) -> Self {
        let mut schemas = Vec::new();
        let problem = name::<Problem>(&mut schemas);
        let mut paths = PathsBuilder::new();
        for operation in routes.operations() {
            schemas.extend(operation.schemas.named.iter().cloned());
            paths = paths.path(format!("{BASE}{}", operation.path), item(operation, &problem));
        }
        let (mut known, mut clashes) = (BTreeMap::new(), BTreeSet::new());
        for (name, schema) in schemas {
            if known.get(&name).is_some_and(|other| *other != schema) {
                clashes.insert(name.clone());
            }
            known.insert(name, schema);
        }
        let mut components = Components::new();
        components.schemas = known.into_iter().collect();
        let info = InfoBuilder::new()
            .title("Clavero")
            .version(env!("CARGO_PKG_VERSION"))
            .description(Some(
                "Recovery of the employer's password. Errors are `application/problem+json` with a code; times are \
                 microseconds since 1970 UTC. Writes need an Origin header of the portal itself.",
            ));
        let openapi = OpenApiBuilder::new()
            .info(info.build())
            .paths(paths.build())
            .components(Some(components))
            .build();
        Self { openapi, clashes }
    }

    /// Names that two types have: the document can describe only one of them.
    pub const fn clashes(&self) -> &BTreeSet<String> {
        &self.clashes
    }

    /// The document itself.
    pub fn openapi(&self) -> &OpenApi {
        &self.openapi
    }

    pub(super) fn serve(
        self,
    ) -> impl Fn() -> std::future::Ready<axum::response::Response> + Clone + Send + Sync + 'static {
        let document = std::sync::Arc::new(self.openapi);
        move || std::future::ready(Json(&*document).into_response())
    }
}

fn item(operation: &Operation, problem: &str) -> PathItem {
    let Schemas {
        request,
        response,
        media,
        ..
    } = &operation.schemas;
    let content = |schema: &str| Content::new(Some(Ref::from_schema_name(schema)));
    // As OpenAPI 3.1 says bytes: a media type without a schema.
    let bytes = || Content::new(None::<RefOr<Schema>>);
    let taken = |media: &str, content| {
        RequestBodyBuilder::new()
            .required(Some(Required::True))
            .content(media, content)
            .build()
    };
    let body = match request {
        Taken::Nothing => None,
        Taken::Json(schema) => Some(taken("application/json", content(schema))),
        Taken::File => Some(taken("application/octet-stream", bytes())),
    };
    let answered = || response.as_ref().map_or_else(bytes, |schema| content(schema));
    let done = media
        .iter()
        .fold(ResponseBuilder::new().description("Done"), |done, media| {
            done.content(*media, answered())
        });
    let done: Response = done.build();
    let refused: Response = ResponseBuilder::new()
        .description("Not done")
        .content("application/problem+json", content(problem))
        .build();
    let described = OperationBuilder::new()
        .operation_id(Some(operation_id(operation)))
        .summary(Some(operation.summary))
        .tag(
            operation
                .path
                .trim_start_matches('/')
                .split('/')
                .next()
                .unwrap_or_default(),
        )
        .parameters(Some(named_in(operation.path)))
        .request_body(body)
        .response("200", done)
        .response("default", refused);
    let method = match operation.method {
        Method::Get => HttpMethod::Get,
        Method::Post => HttpMethod::Post,
    };
    PathItem::new(method, described)
}

/// The ids that a path names its thing by.
fn named_in(path: &str) -> Vec<Parameter> {
    let names = path
        .split('/')
        .filter_map(|piece| piece.strip_prefix('{')?.strip_suffix('}'));
    names
        .map(|name| {
            ParameterBuilder::new()
                .name(name)
                .parameter_in(ParameterIn::Path)
                .required(Required::True)
                .schema(Some(
                    ObjectBuilder::new()
                        .schema_type(Type::String)
                        .format(Some(SchemaFormat::Custom("uuid".to_owned()))),
                ))
                .build()
        })
        .collect()
}

fn operation_id(operation: &Operation) -> String {
    let method = match operation.method {
        Method::Get => "get",
        Method::Post => "post",
    };
    format!(
        "{method}{}",
        operation.path.replace(['{', '}'], "").replace(['/', '-'], "_")
    )
}
