# SPDX-License-Identifier: Apache-2.0
# port.cmake - the files of one port; what it lacks comes from ports/none, file by file.
# A board without an SDK (bare/board/NAME) also takes ports/bare and ports/bare/arch/MOTE_ARCH.

set(MOTE_PORT linux CACHE STRING "Folder below ports/")
set(MOTE_ARCH "" CACHE STRING "Folder below ports/bare/arch/")
set(folders ${MOTE_PORT})
if(MOTE_PORT MATCHES "^bare/")
  list(APPEND folders bare/arch/${MOTE_ARCH} bare)
endif()
list(APPEND folders none)

set(port_sources)
set(names)
foreach(folder IN LISTS folders)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/ports/${folder}/*.c)
  foreach(source IN LISTS sources)
    get_filename_component(name ${source} NAME)
    if(NOT name IN_LIST names)
      list(APPEND names ${name})
      list(APPEND port_sources ${source})
    endif()
  endforeach()
endforeach()
add_library(mote_port STATIC ${port_sources})
target_link_libraries(mote_port PUBLIC mote_options)

if(MOTE_PORT STREQUAL "linux")
  set(THREADS_PREFER_PTHREAD_FLAG ON)
  find_package(Threads REQUIRED)
  target_link_libraries(mote_port PUBLIC Threads::Threads ${CMAKE_DL_LIBS} z m)
endif()
